import { Component, type ReactNode } from "react";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";

/** A fault in one view leaves the rest of the studio, and the document, standing. */
export class ViewGuard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <EmptyState
        title="This panel stopped working"
        action={<Button onClick={() => this.setState({ broken: false })}>Show it again</Button>}
      >
        The fault is ours. Your film is not touched by it: everything you wrote is kept.
      </EmptyState>
    );
  }
}
