/** Vite's: a worker as a class, its code inside the bundle. */
declare module "*?worker&inline" {
  const InlineWorker: new () => Worker;
  export default InlineWorker;
}
