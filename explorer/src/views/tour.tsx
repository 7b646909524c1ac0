/** A tour of the week of 22 April 2021. */
export function TourBar() {
  return <section class="view"><h1>TourBar</h1></section>
}
