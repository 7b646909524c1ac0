/** The world as a map and as a table. */
export function MapView() {
  return <section class="view"><h1>MapView</h1></section>
}
