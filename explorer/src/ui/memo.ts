/** A part of the page that is drawn again only where what it is given has changed. */
import { Component, h, type ComponentType, type FunctionComponent } from 'preact'

export function memo<Props extends object>(View: FunctionComponent<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const names = Object.keys({ ...this.props, ...next }) as (keyof Props)[]
      return names.some(name => !Object.is((this.props as Props)[name], (next as Props)[name]))
    }

    override render() {
      return h(View, this.props as Props)
    }
  }
}
