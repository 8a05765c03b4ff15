/** Scripts and styles only from ourselves, nothing inline, no plug-ins; only the chat may stand in a frame of another site. */
export function contentSecurity(frameAncestors: "'none'" | "*") {
  const self = ["'self'"];
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: self,
      styleSrc: self,
      imgSrc: self,
      connectSrc: self,
      mediaSrc: self,
      manifestSrc: self,
      frameSrc: self,
      baseUri: ["'none'"],
      formAction: self,
      frameAncestors: [frameAncestors],
    },
  };
}
