/** The way into the console: a page with one button, so that a mail scanner that opens the link does not burn it. */
import type { Locale } from '../../domain/words.js';
import type { Raw } from '../backend.js';
import { PlainPage } from '../pages/plain.js';
import { wordsOf } from '../words/index.js';

/** The page of a one-time link. Whether the key is good is only known once it is used. */
export function SignInPage({ locale, signInKey }: { locale: Locale; signInKey: string }) {
  const { signIn } = wordsOf(locale).console;
  return (
    <PlainPage locale={locale} title={signIn.title} body={signIn.lead}>
      <form method="post" action={`/sign-in/${signInKey}`}>
        <button type="submit">{signIn.button}</button>
      </form>
    </PlainPage>
  );
}

/** Without a session, with a link that was used already, or without the right to do something. */
export function SignInRefusedPage({ locale, why, typed }: { locale: Locale; why: 'needed' | 'used' | 'right'; typed?: Raw | undefined }) {
  const { signIn } = wordsOf(locale).console;
  return why === 'used' ? (
    <PlainPage locale={locale} title={signIn.usedTitle} body={signIn.used} />
  ) : (
    <PlainPage
      locale={locale}
      title={why === 'right' ? signIn.rightTitle : signIn.neededTitle}
      body={why === 'right' ? signIn.right : signIn.needed}
      typed={typed}
    />
  );
}

/** The menu of the console's header: who is in, and the way out. */
export function Menu({ locale, who }: { locale: Locale; who: string }) {
  const words = wordsOf(locale).console;
  return (
    <>
      <a class="push" href="/">
        {words.editions}
      </a>
      <span class="small">{who}</span>
      <form method="post" action="/sign-out">
        <button type="submit" class="link">
          {words.signOut}
        </button>
      </form>
    </>
  );
}
