export const page = (title, body) => `<!doctype html>\n<title>${title}</title>\n${body}`;
