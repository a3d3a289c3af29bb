export const words = (pictures) => `${pictures} pictures, drawn by a file of its own`;
