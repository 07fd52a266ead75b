import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { Toaster, toast as sonner } from "sonner";
import "./toast.css";

/** Place once, near the root. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-center"
      visibleToasts={3}
      duration={5000}
      icons={{ error: <CircleAlert />, success: <CircleCheck />, info: <Info /> }}
      toastOptions={{ unstyled: true, classNames: { toast: "ui-toast" } }}
    />
  );
}

export interface ToastAction {
  name: string;
  run(): void;
}

/** Short news that is not visible otherwise. `undo` is for what took something away. */
export const toast = {
  say: (sentence: string, action?: ToastAction) => void sonner.info(sentence, withAction(action)),
  done: (sentence: string, action?: ToastAction) => void sonner.success(sentence, withAction(action)),
  wrong: (sentence: string, action?: ToastAction) =>
    void sonner.error(sentence, { duration: 8000, ...withAction(action) }),
  undo: (sentence: string, undo: () => void) => void sonner.info(sentence, withAction({ name: "Undo", run: undo })),
};

function withAction(action: ToastAction | undefined) {
  return action ? { action: { label: action.name, onClick: action.run } } : {};
}
