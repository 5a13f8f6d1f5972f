/** "Not me, or I am away": names somebody who will be asked instead. */
import type { AskView } from '../../domain/view.js';
import type { Locale } from '../../domain/words.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { idOf, Needed } from './form.js';

/** What is wrong with the name or the address. */
export type PersonProblem = { field: 'name' | 'email' | 'title'; message: string };

/** Errors of a small form, each a link to its field. */
export function SmallErrors({ problems, heading, kept }: { problems: PersonProblem[]; heading: string; kept: string }) {
  if (problems.length === 0) return null;
  return (
    <div class="errors" id="errors" role="alert" tabindex={-1} autofocus>
      <h2>{heading}</h2>
      <ul>
        {problems.map(({ field, message }) => (
          <li>
            <a href={`#${idOf(field)}`}>{message}</a>
          </li>
        ))}
      </ul>
      <p class="small">{kept}</p>
    </div>
  );
}

/** One labelled input of a small form; an answer is needed. */
export function Input(props: {
  name: 'name' | 'email' | 'title';
  label: string;
  locale: Locale;
  hint?: string;
  value: string;
  problems: PersonProblem[];
  autocomplete?: string;
}) {
  const { name, label, locale, hint, value, problems, autocomplete } = props;
  const id = idOf(name);
  const problem = problems.find(({ field }) => field === name);
  const described = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label class="block" for={id}>
        {label} <Needed required locale={locale} />
      </label>
      {hint ? (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {problem ? (
        <span class="problem" id={`${id}-problem`}>
          {problem.message}
        </span>
      ) : null}
      <input
        type={name === 'email' ? 'email' : 'text'}
        id={id}
        name={name}
        value={value}
        required
        autocomplete={autocomplete ?? 'off'}
        aria-describedby={described || undefined}
        aria-invalid={problem ? 'true' : undefined}
      />
    </div>
  );
}

/** The page. */
export function AbsentPage(props: { view: AskView; name?: string; email?: string; problems?: PersonProblem[] }) {
  const { view, name = '', email = '', problems = [] } = props;
  const { locale } = view.person;
  const { page, kinds } = wordsOf(locale);
  return (
    <Layout locale={locale} title={page.absent.title} edition={view.edition} at={view.at} request={view.request}>
      <SmallErrors problems={problems} heading={page.errors.title(problems.length)} kept={page.errors.kept} />
      <p class="small">
        <a href={`/r/${view.request}`}>{page.absent.back}</a> · {kinds[view.ask.kind].page.title(view)}
      </p>
      <h1>{page.absent.title}</h1>
      <p class="lead">{page.absent.lead}</p>
      {view.substitute ? <p>{page.absent.planned(view.substitute.name)}</p> : null}
      <form class="card" method="post" action={`/r/${view.request}/absent`} novalidate>
        <Input name="name" label={page.absent.name} locale={locale} value={name} problems={problems} />
        <Input name="email" label={page.absent.email} locale={locale} value={email} problems={problems} />
        <button type="submit">{page.absent.button}</button>
      </form>
    </Layout>
  );
}
