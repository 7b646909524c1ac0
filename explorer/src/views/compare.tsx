/** Several countries side by side. */
export function Compare() {
  return <section class="view"><h1>Compare</h1></section>
}
