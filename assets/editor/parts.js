// What a rich text consists of: the same parts as core/rich_text/parts.py.
import { mergeAttributes } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";

export const OURS = /^\/documents\/[0-9a-f-]{36}\/$/;

// A table's caption is an attribute of it: ProseMirror's tables hold rows and nothing else.
const CaptionedTable = Table.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: "",
        parseHTML: (table) => table.querySelector(":scope > caption")?.textContent.trim() ?? "",
        renderHTML: () => ({}),
      },
    };
  },
  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }];
  },
  renderHTML({ node, HTMLAttributes }) {
    const caption = node.attrs.caption ? [["caption", {}, node.attrs.caption]] : [];
    return ["table", mergeAttributes(HTMLAttributes), ...caption, ["tbody", 0]];
  },
});

const ScopedHeader = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } };
  },
});

const OurImage = Image.extend({
  parseHTML() {
    return [{ tag: "img[src]", getAttrs: (image) => (OURS.test(image.getAttribute("src")) ? null : false) }];
  },
});

export const parts = [
  StarterKit.configure({
    heading: { levels: [3, 4] },
    code: false,
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    dropcursor: { color: false, class: "editor__drop" },
    link: { openOnClick: false, defaultProtocol: "https", protocols: ["mailto", "tel"], HTMLAttributes: { target: null, rel: null, class: null } },
  }),
  CaptionedTable.configure({ resizable: false }),
  TableRow,
  ScopedHeader,
  TableCell,
  OurImage.configure({ inline: true }),
];
