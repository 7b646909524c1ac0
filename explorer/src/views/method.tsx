/** Where every figure comes from. */
export function Method() {
  return <section class="view"><h1>Method</h1></section>
}
