/** Which choice of method moves the result by how much. */
export function Assumptions() {
  return <section class="view"><h1>Assumptions</h1></section>
}
