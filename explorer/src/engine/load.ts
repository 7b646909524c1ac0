/**
 * Where the engine and its data come from: out of the page itself (the single file), or from files beside it.
 * The page names both in elements: <script type="text/plain" id="edition"> with base64 of gzip, or with data-file.
 */
async function unpacked(stream: ReadableStream<Uint8Array>): Promise<ArrayBuffer> {
  return new Response(stream.pipeThrough(new DecompressionStream('gzip') as unknown as TransformStream<Uint8Array, Uint8Array>)).arrayBuffer()
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

export async function load(id: 'engine' | 'answers' | 'edition'): Promise<ArrayBuffer> {
  const element = document.getElementById(id)!
  const { file } = element.dataset
  if (file === undefined) {
    return unpacked(new Blob([bytesOf(element.textContent!.trim())]).stream())
  }
  const response = await fetch(file)
  if (!response.ok) throw new Error(`${file}: ${response.status} ${response.statusText}`)
  return unpacked(response.body!)
}

/** The worker's script stands in the page as text, so that it runs from a file as well. */
export function startWorker(): Worker {
  const text = document.getElementById('worker')!.textContent!
  return new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
}
