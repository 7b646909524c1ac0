/** Climate finance: goals, what was delivered, whose share. */
export function Finance() {
  return <section class="view"><h1>Finance</h1></section>
}
