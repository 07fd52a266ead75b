import { useEffect, useId, useState, type FormEvent } from "react";
import { peerColors, type PeerColor } from "#domain/collab/presence.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { TextField } from "#app/ui/text-field.tsx";
import "./come-in.css";

export interface ComeInProps {
  /** What the button says, e.g. "Come in". */
  action: string;
  /** After the session cookie is set. */
  onIn(): Promise<void> | void;
  /** Offers an account besides coming in as a guest. */
  withAccount?: boolean;
}

type Way = "guest" | "sign-in" | "sign-up";

const wayWords: Record<Way, { action: string; other: Way[] }> = {
  guest: { action: "", other: ["sign-in", "sign-up"] },
  "sign-in": { action: "Sign in", other: ["guest", "sign-up"] },
  "sign-up": { action: "Create account", other: ["guest", "sign-in"] },
};
const wayNames: Record<Way, string> = {
  guest: "Come in as a guest",
  "sign-in": "Sign in",
  "sign-up": "Create an account",
};

/** Name and colour suffice; an account is an e-mail and a password. */
export function ComeIn({ action, onIn, withAccount = true }: ComeInProps) {
  const [way, setWay] = useState<Way>("guest");
  const [name, setName] = useState("");
  const [color, setColor] = useState<PeerColor>("peer-1");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  // By chance, so that two who come in without choosing seldom look alike; after mounting, for the server can't roll
  // the same dice.
  useEffect(() => setColor(peerColors[Math.floor(Math.random() * peerColors.length)] ?? "peer-1"), []);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (way !== "sign-in" && name.trim() === "")
      return setProblem("Enter your name, so that the others know who you are.");
    setBusy(true);
    setProblem(null);
    try {
      await enter(way, { name: name.trim(), color, email: email.trim(), password });
      await onIn();
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  return (
    <form className="come-in" onSubmit={(event) => void submit(event)} noValidate>
      {way === "sign-in" ? null : (
        <>
          <TextField
            label="Your name"
            size="tall"
            value={name}
            maxLength={60}
            autoComplete="name"
            placeholder="Ines Duarte"
            onChange={(event) => setName(event.target.value)}
          />
          <ColorChoice name={name} value={color} onChange={setColor} />
        </>
      )}
      {way === "guest" ? null : (
        <>
          <TextField
            label="E-mail"
            size="tall"
            type="email"
            value={email}
            autoComplete="email"
            onChange={(event) => setEmail(event.target.value)}
          />
          <TextField
            label="Password"
            size="tall"
            type="password"
            value={password}
            autoComplete={way === "sign-in" ? "current-password" : "new-password"}
            {...(way === "sign-up" ? { help: "At least 8 letters or digits." } : {})}
            onChange={(event) => setPassword(event.target.value)}
          />
        </>
      )}
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <Button type="submit" look="primary" size="big" disabled={busy}>
        {way === "guest" ? action : wayWords[way].action}
      </Button>
      {withAccount ? (
        <p className="ways small">
          {wayWords[way].other.map((other) => (
            <Button key={other} look="quiet" size="small" onClick={() => setWay(other)}>
              {wayNames[other]}
            </Button>
          ))}
        </p>
      ) : null}
    </form>
  );
}

/** A colour for every mark this person leaves: eight to choose from, arrow keys move between them. */
export function ColorChoice({
  name,
  value,
  onChange,
}: {
  name: string;
  value: PeerColor;
  onChange(color: PeerColor): void;
}) {
  const group = useId();
  return (
    <fieldset className="color-choice">
      <legend className="visually-hidden">Your colour</legend>
      <Avatar
        person={{ id: "me", name: name.trim() || "You", color: `var(--${value})` }}
        size="large"
        aria-hidden="true"
      />
      {peerColors.map((color) => (
        <label key={color} style={{ color: `var(--${color})` }}>
          <input type="radio" name={group} value={color} checked={color === value} onChange={() => onChange(color)} />
          <span className="visually-hidden">{`Colour ${color.slice(5)}`}</span>
        </label>
      ))}
    </fieldset>
  );
}

async function enter(
  way: Way,
  who: { name: string; color: PeerColor; email: string; password: string },
): Promise<void> {
  const { name, color, email, password } = who;
  if (way === "guest") await api.post("/v1/guests", { name, color });
  else if (way === "sign-in") await api.post("/auth/sign-in/email", { email, password });
  else {
    await api.post("/auth/sign-up/email", { name, email, password });
    await api.patch("/v1/me", { color });
  }
}
