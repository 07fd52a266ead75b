import * as spark from "@sparkjsdev/spark";

/** What draws splats in a package: put on the page's shelf, when somebody wants to see them. */
(window.backlot ??= {}).spark = spark;
