/** What changed between two dates, and how much of the gap each document closes. */
export function Changes() {
  return <section class="view"><h1>Changes</h1></section>
}
