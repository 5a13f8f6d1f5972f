/** A document as its author set it: paragraphs, headings, lists, tables and links of Markdown; nothing of HTML, no picture, nothing from elsewhere. */
import { raw } from 'hono/html';
import markdownIt from 'markdown-it';
import { safeHref } from './text.js';

const markdown = markdownIt({ html: false, linkify: true, breaks: true, maxNesting: 20 });
// four spaces before a line are how people indent; a picture would be asked for from elsewhere
markdown.disable(['code', 'image', 'html_block', 'html_inline']);
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.validateLink = (url) => safeHref(url) !== undefined;
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow ugc');
  return self.renderToken(tokens, index, options);
};
// the page has its own title: a document's first heading is one below it
for (const rule of ['heading_open', 'heading_close'])
  markdown.renderer.rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    if (token !== undefined) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`;
    return self.renderToken(tokens, index, options);
  };
markdown.renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';

/** What somebody wrote as a document. */
export const Written = ({ text }: { text: string }) => <>{raw(markdown.render(text))}</>;
