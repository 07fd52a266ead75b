/** Safari ends a composition before it tells of the key; 229 still says that an input method took it. */
const takenByInputMethod = 229;

type Press = Pick<KeyboardEvent, "key" | "isComposing" | "keyCode">;

/** Enter as an answer, and not the Enter with which somebody who writes Japanese or Chinese takes a suggestion. */
export function enterPressed(event: Press | { nativeEvent: Press }): boolean {
  const { key, isComposing, keyCode } = "nativeEvent" in event ? event.nativeEvent : event;
  return key === "Enter" && !isComposing && keyCode !== takenByInputMethod;
}
