/** One country: every document it submitted and what it meant, its pathway, and yours. */
export function Countries() {
  return <section class="view"><h1>Countries</h1></section>
}
