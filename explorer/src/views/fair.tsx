/** What readings of equity leave a Party, and how its pledge compares. */
export function Fair() {
  return <section class="view"><h1>Fair</h1></section>
}
