"""Lines and shapes -> blocks: what a person sees on the page, in reading order."""
