declare module "*.woff2" {
  /** As a `data:` URL. */
  const url: string;
  export default url;
}
