/** The examples of https://fountain.io/syntax, section by section, and what that page says about each. */
import { describe, expect, test } from "vitest";
import { runsOf } from "./emphasis.ts";
import { cueName, lexFountain } from "#domain/screenplay/fountain.ts";
import { lexScript } from "./relex.ts";
import { readTitlePage } from "./title-page.ts";

/** Lines as `kind: content`, without the blank ones. */
const read = (text: string) =>
  lexFountain(text)
    .filter((line) => line.kind !== "blank")
    .map((line) => `${line.kind}: ${line.content}`);

describe("scene headings", () => {
  test("begin with INT, EXT, EST, INT./EXT or I/E, in any case", () => {
    expect(
      read(`EXT. BRICK'S PATIO - DAY

A gorgeous day.  The sun is shining.  But BRICK BRADDOCK, retired police detective, is sitting quietly, contemplating -- something.

The SCREEN DOOR slides open and DICK STEEL, his former partner and fellow retiree, emerges with two cold beers.

STEEL
Beer's ready!

BRICK
Are they cold?

STEEL
Does a bear crap in the woods?`),
    ).toEqual([
      "scene-heading: EXT. BRICK'S PATIO - DAY",
      "action: A gorgeous day.  The sun is shining.  But BRICK BRADDOCK, retired police detective, is sitting quietly, contemplating -- something.",
      "action: The SCREEN DOOR slides open and DICK STEEL, his former partner and fellow retiree, emerges with two cold beers.",
      "character: STEEL",
      "dialogue: Beer's ready!",
      "character: BRICK",
      "dialogue: Are they cold?",
      "character: STEEL",
      "dialogue: Does a bear crap in the woods?",
    ]);
    for (const heading of [
      "INT HOUSE",
      "EXT HOUSE",
      "EST HOUSE",
      "INT./EXT HOUSE",
      "INT/EXT HOUSE",
      "I/E HOUSE",
      "int. house",
    ])
      expect(read(`${heading}\n\nGo.`)[0]).toBe(`scene-heading: ${heading}`);
  });

  test("a single leading period forces one, an ellipsis does not", () => {
    expect(
      read(`EXT. OLYMPIA CIRCUS - NIGHT

...where the second-rate carnival is parked for the moment in an Alabama field.

.SNIPER SCOPE POV

There's where the trunk is.`),
    ).toEqual([
      "scene-heading: EXT. OLYMPIA CIRCUS - NIGHT",
      "action: ...where the second-rate carnival is parked for the moment in an Alabama field.",
      "scene-heading: SNIPER SCOPE POV",
      "action: There's where the trunk is.",
    ]);
  });

  test("carry a number between #, of letters, digits, dashes and periods", () => {
    for (const number of ["1", "1A", "1a", "A1", "I-1-A", "1-A", "110A.", "1-A."])
      expect(lexFountain(`INT. HOUSE - DAY #${number}#`)[0]).toMatchObject({
        kind: "scene-heading",
        content: "INT. HOUSE - DAY",
        number,
      });
    expect(lexFountain("INT. HOUSE - DAY - FLASHBACK (1944) #110A#")[0]).toMatchObject({
      content: "INT. HOUSE - DAY - FLASHBACK (1944)",
      number: "110A",
    });
  });
});

describe("action", () => {
  test("keeps every line as its own, and the spaces in front", () => {
    expect(
      read(`They drink long and well from the beers.

And then there's a long beat.
Longer than is funny.
   Long enough to be depressing.

The men look at each other.`),
    ).toEqual([
      "action: They drink long and well from the beers.",
      "action: And then there's a long beat.",
      "action: Longer than is funny.",
      "action:    Long enough to be depressing.",
      "action: The men look at each other.",
    ]);
  });

  test("capitals over a line are a character, unless ! forces action", () => {
    const casino = (line: string) => `THE DEALER eyes the new player warily.

${line}
Where is that pit boss?

No luck. He has no choice to deal the cards.`;
    expect(read(casino("SCANNING THE AISLES..."))).toContain("character: SCANNING THE AISLES...");
    expect(read(casino("!SCANNING THE AISLES..."))).toEqual([
      "action: THE DEALER eyes the new player warily.",
      "action: SCANNING THE AISLES...",
      "action: Where is that pit boss?",
      "action: No luck. He has no choice to deal the cards.",
    ]);
  });
});

describe("characters", () => {
  test("are capitals with an empty line above and none below", () => {
    expect(
      read(`STEEL
The man's a myth!

MOM (O. S.)
Luke! Come down for supper!

HANS (on the radio)
What was it you said?`),
    ).toEqual([
      "character: STEEL",
      "dialogue: The man's a myth!",
      "character: MOM (O. S.)",
      "dialogue: Luke! Come down for supper!",
      "character: HANS (on the radio)",
      "dialogue: What was it you said?",
    ]);
    expect(["MOM (O. S.)", "HANS (on the radio)"].map(cueName)).toEqual(["MOM", "HANS"]);
  });

  test("need one letter at least, and @ forces one that is not in capitals", () => {
    expect(read("R2D2\nBeep.")[0]).toBe("character: R2D2");
    expect(read("23\nBeep.")[0]).toBe("action: 23");
    expect(read("@McCLANE\nYippie ki-yay! I got my lower-case C back!")).toEqual([
      "character: McCLANE",
      "dialogue: Yippie ki-yay! I got my lower-case C back!",
    ]);
  });
});

test("a parenthetical follows a character or dialogue", () => {
  expect(
    read(`STEEL
(starting the engine)
So much for retirement!
(beat)
Hold on.`),
  ).toEqual([
    "character: STEEL",
    "parenthetical: (starting the engine)",
    "dialogue: So much for retirement!",
    "parenthetical: (beat)",
    "dialogue: Hold on.",
  ]);
});

describe("dialogue", () => {
  test("is every line below a character, and goes on over a line of two spaces", () => {
    expect(
      read(`SANBORN
A good 'ole boy. You know, loves the Army, blood runs green. Country boy. Seems solid.`),
    ).toEqual([
      "character: SANBORN",
      "dialogue: A good 'ole boy. You know, loves the Army, blood runs green. Country boy. Seems solid.",
    ]);
    expect(
      read(`DEALER
Ten.
Four.
Dealer gets a seven.
  
Hit or stand sir?

MONKEY
Dude, I'm a monkey.`),
    ).toEqual([
      "character: DEALER",
      "dialogue: Ten.",
      "dialogue: Four.",
      "dialogue: Dealer gets a seven.",
      "dialogue: ",
      "dialogue: Hit or stand sir?",
      "character: MONKEY",
      "dialogue: Dude, I'm a monkey.",
    ]);
  });

  test("keeps what begins like a mark: a speech ends with an empty line", () => {
    expect(read("DAN\n#1 dad, it says.\n.45 calibre.\n@home, of course.\n= sign and all.")).toEqual([
      "character: DAN",
      "dialogue: #1 dad, it says.",
      "dialogue: .45 calibre.",
      "dialogue: @home, of course.",
      "dialogue: = sign and all.",
    ]);
    expect(read("He loads it.\n.45 calibre.\n#1 on the list.")).toEqual([
      "action: He loads it.",
      "action: .45 calibre.",
      "action: #1 on the list.",
    ]);
    expect(read("DAN\nLook.\n!He points.\nAt nothing.")).toEqual([
      "character: DAN",
      "dialogue: Look.",
      "action: He points.",
      "action: At nothing.",
    ]);
  });

  test("of two at once has a caret behind the second name", () => {
    const speech = (mark: string) => `BRICK\nScrew retirement.\n\nSTEEL${mark}\nScrew retirement.`;
    for (const mark of [" ^", "^", "   ^ "])
      expect(read(speech(mark))).toEqual([
        "character: BRICK",
        "dialogue: Screw retirement.",
        "dual-character: STEEL",
        "dialogue: Screw retirement.",
      ]);
  });
});

test("a tilde makes a lyric", () => {
  expect(
    read("~Willy Wonka! Willy Wonka! The amazing chocolatier!\n~Willy Wonka! Willy Wonka! Everybody give a cheer!"),
  ).toEqual([
    "lyric: Willy Wonka! Willy Wonka! The amazing chocolatier!",
    "lyric: Willy Wonka! Willy Wonka! Everybody give a cheer!",
  ]);
});

describe("transitions", () => {
  test("are capitals that end in TO:, between empty lines", () => {
    expect(
      read(`Jack begins to argue vociferously in Vietnamese (?), But mercifully we...

CUT TO:

EXT. BRICK'S POOL - DAY`),
    ).toEqual([
      "action: Jack begins to argue vociferously in Vietnamese (?), But mercifully we...",
      "transition: CUT TO:",
      "scene-heading: EXT. BRICK'S POOL - DAY",
    ]);
  });
  test("are forced by >, and are not where a colon is only followed by something", () => {
    expect(
      read(`Brick and Steel regard one another. A job well done.

> Burn to White.

EXT. BRICK'S POOL - DAY`),
    ).toContain("transition: Burn to White.");
    expect(read("Brick and Steel watch.\n\n>FADE TO BLACK:")).toContain("transition: FADE TO BLACK:");
  });
});

test("text between > and < is centred, wherever it stands", () => {
  expect(read("Then.\n\n>THE END<\n\n> ANOTHER <\n\n   > THIRD <")).toEqual([
    "action: Then.",
    "centered: THE END",
    "centered: ANOTHER",
    "centered: THIRD",
  ]);
});

describe("emphasis", () => {
  const styled = (text: string) =>
    runsOf(text)
      .filter((run) => run.bold || run.italic || run.underline)
      .map((run) => `${run.bold ? "b" : ""}${run.italic ? "i" : ""}${run.underline ? "u" : ""}:${run.text}`);
  test("is italics, bold, both, underline, and one in the other", () => {
    expect(styled("*italics*, **bold**, ***bold italics*** and _underline_")).toEqual([
      "i:italics",
      "b:bold",
      "bi:bold italics",
      "u:underline",
    ]);
    expect(styled("From what seems like only INCHES AWAY.  _Steel's face FILLS the *Leupold Mark 4* scope_.")).toEqual([
      "u:Steel's face FILLS the ",
      "iu:Leupold Mark 4",
      "u: scope",
    ]);
  });
  test("can be escaped, has no spaces inside its marks, and ends with its line", () => {
    expect(styled("Steel enters the code on the keypad: **\\*9765\\***")).toEqual(["b:*9765*"]);
    expect(styled("He dialed *69 and then *23, and then hung up.")).toEqual([]);
    expect(styled("He dialed *69 and then 23*, and then hung up.")).toEqual(["i:69 and then 23"]);
    expect(styled("He dialed *69 and then 23\\*, and then hung up.")).toEqual([]);
    const [first, second] = lexFountain("As he rattles off the *long\nlist, Brick and Steel *share a look.");
    expect(styled(first?.content ?? "")).toEqual([]);
    expect(styled(second?.content ?? "")).toEqual([]);
  });
});

test("the title page holds keys with one value behind or several below", () => {
  const page = `Title:
    _**BRICK & STEEL**_
    _**FULL RETIRED**_
Credit: Written by
Author: Stu Maschwitz
Source: Story by KTM
Draft date: 1/20/2012
Contact:
    Next Level Productions
    1588 Mission Dr.
    Solvang, CA 93463

EXT. BRICK'S PATIO - DAY`;
  expect(readTitlePage(lexScript(page).lines)).toEqual([
    { key: "Title", values: ["_**BRICK & STEEL**_", "_**FULL RETIRED**_"] },
    { key: "Credit", values: ["Written by"] },
    { key: "Author", values: ["Stu Maschwitz"] },
    { key: "Source", values: ["Story by KTM"] },
    { key: "Draft date", values: ["1/20/2012"] },
    { key: "Contact", values: ["Next Level Productions", "1588 Mission Dr.", "Solvang, CA 93463"] },
  ]);
  expect(read(page).at(-1)).toBe("scene-heading: EXT. BRICK'S PATIO - DAY");
});

test("three or more = alone on a line break the page", () => {
  expect(read("The General Lee flies through the air.\n\n===\n\nFADE IN\n\n=====")).toEqual([
    "action: The General Lee flies through the air.",
    "page-break: ",
    "transition: FADE IN",
    "page-break: ",
  ]);
});

test("spaces in front count in action only", () => {
  expect(
    read(`          CUT TO:

\tINT. GARAGE - DAY

    BRICK and STEEL get into Mom's PORSCHE, Steel at the wheel.

        STEEL
      (beaming)
    Too much?`),
  ).toEqual([
    "transition: CUT TO:",
    "scene-heading: INT. GARAGE - DAY",
    "action:     BRICK and STEEL get into Mom's PORSCHE, Steel at the wheel.",
    "character: STEEL",
    "parenthetical: (beaming)",
    "dialogue: Too much?",
  ]);
});

describe("what is not on paper", () => {
  test("notes stand in a line, alone, and over lines and empty ones held by two spaces", () => {
    expect(
      read(`INT. TRAILER HOME - DAY

This is the home of THE BOY BAND, AKA DAN and JACK[[Or did we think of actual names for these guys?]].  They too are drinking beer.

JACK
(in Vietnamese, subtitled)
*Did you know Brick and Steel are retired?*

[[It was supposed to be Vietnamese, right?]]

[[This section needs work.
Either that, or I need coffee.
  
Definitely coffee.]]

They go.`),
    ).toEqual([
      "scene-heading: INT. TRAILER HOME - DAY",
      "action: This is the home of THE BOY BAND, AKA DAN and JACK.  They too are drinking beer.",
      "character: JACK",
      "parenthetical: (in Vietnamese, subtitled)",
      "dialogue: *Did you know Brick and Steel are retired?*",
      "note: ",
      "note: ",
      "note: ",
      "note: ",
      "note: ",
      "action: They go.",
    ]);
  });

  test("the boneyard runs over anything", () => {
    expect(
      read(`COGNITO
Everyone's coming after you mate!  Scorpio, The Boy Band, Sparrow, Point Blank Sniper...

As he rattles off the long list, Brick and Steel share a look.  This is going to be BAD.

/*
INT. GARAGE - DAY

BRICK and STEEL get into Mom's PORSCHE, Steel at the wheel.  They pause for a beat, the gravity of the situation catching up with them.

BRICK
This is everybody we've ever put away.
*/

EXT. PALATIAL MANSION - DAY`).filter((line) => !line.startsWith("boneyard")),
    ).toEqual([
      "character: COGNITO",
      "dialogue: Everyone's coming after you mate!  Scorpio, The Boy Band, Sparrow, Point Blank Sniper...",
      "action: As he rattles off the long list, Brick and Steel share a look.  This is going to be BAD.",
      "scene-heading: EXT. PALATIAL MANSION - DAY",
    ]);
  });

  test("sections and synopses are the outline", () => {
    const lines = lexFountain(`# Act

## Sequence

### Scene

= The boys meet.

# This is a Section
= And this is about it.

EXT. HOUSE - DAY

= Steel gets a call.

Ring!`);
    expect(lines.filter((line) => line.kind === "section").map((line) => [line.depth, line.content])).toEqual([
      [1, "Act"],
      [2, "Sequence"],
      [3, "Scene"],
      [1, "This is a Section"],
    ]);
    expect(lines.filter((line) => line.kind === "synopsis").map((line) => line.content)).toEqual([
      "The boys meet.",
      "And this is about it.",
      "Steel gets a call.",
    ]);
  });
});
