/** Imports a package as a program in this folder would. */
export const load = (name) => import(name);
