import { useRevalidator } from "@remix-run/react";
import { useState, type FormEvent } from "react";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { TextField } from "#app/ui/text-field.tsx";
import { toast } from "#app/ui/toast.tsx";
import "./come-in.css";

/** A guest's films live as long as their cookie; an account keeps them. */
export function KeepYourWork({ name }: { name: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="keep-work">
      <p>
        <span className="strong">You are a guest.</span> Your films belong to this browser.
      </p>
      <Button onClick={() => setOpen(true)}>Keep your work</Button>
      {open ? <MakeAccount name={name} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function MakeAccount({ name, onClose }: { name: string; onClose(): void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { revalidate } = useRevalidator();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password.length < 8) return setProblem("The password needs at least 8 letters or digits.");
    setBusy(true);
    setProblem(null);
    try {
      await api.post("/auth/sign-up/email", { name, email: email.trim(), password });
      revalidate();
      onClose();
      toast.done("Your films are kept under your account.");
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog open onClose={onClose} title="Keep your work" width={420}>
      <form className="come-in" onSubmit={(event) => void submit(event)} noValidate>
        <p className="dim">Create an account and keep everything you made as a guest.</p>
        <TextField
          label="E-mail"
          size="tall"
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          size="tall"
          type="password"
          autoComplete="new-password"
          help="At least 8 letters or digits."
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {problem ? (
          <p className="problem" role="alert">
            {problem}
          </p>
        ) : null}
        <Button type="submit" look="primary" size="big" disabled={busy}>
          Create account
        </Button>
      </form>
    </Dialog>
  );
}
