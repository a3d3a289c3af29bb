// Runs first in every widget: the MCP Apps handshake (2026-01-26), ChatGPT's window.openai, and the global `chatui`.
// What a template may rely on stands in chatui.d.ts. What ships is bridge.min.js, made of this by tests/bridge/minify.mjs.
(() => {
  // An element with this id has the name too.
  const global = () => (window.openai?.nodeType ? undefined : window.openai);
  const PATIENCE = 5000;
  const ALONE = 'no host answers';
  // What of MCP Apps' capabilities ChatGPT has as a function.
  const TWINS = { serverTools: 'callTool', message: 'sendFollowUpMessage', openLinks: 'openExternal', updateModelContext: 'setWidgetState' };

  // What is not known yet is not there yet.
  const chatui = (window.chatui = {
    partial: false,
    status: 'loading',
    host: { connected: false, capabilities: {} },
    get openai() {
      return global();
    },

    on(event, f) {
      const all = (listeners[event] ??= new Set());
      all.add(f);
      // What listens draws, whatever broke before it.
      broken = '';
      showError();
      if (chatui[event] !== undefined) tell(f, chatui[event]);
      return () => {
        all.delete(f);
        showError();
      };
    },

    async call(name, args = {}) {
      return read(await ask('serverTools', 'tools/call', { name, arguments: args }, [name, args]));
    },

    async say(text) {
      const message = { role: 'user', content: [{ type: 'text', text }] };
      await ask('message', 'ui/message', message, [{ prompt: text }]);
    },

    async open(url) {
      const byBrowser = () => {
        // A script address would run with all that this page may do.
        const opened = new URL(url).protocol !== 'javascript:' && window.open(url);
        try {
          opened.opener = null;
        } catch {
          // Where this origin is opaque, the new window is another's already; it inherits the sandbox, and reaches nothing here.
        }
        return opened;
      };
      await ask('openLinks', 'ui/open-link', { url }, [{ href: url }], byBrowser);
    },

    async download(name, content, mimeType) {
      const isText = typeof content === 'string';
      const text = isText ? content : JSON.stringify(content, null, 2);
      mimeType ??= isText ? 'text/plain' : 'application/json';
      const resource = { uri: `file:///${encodeURIComponent(name)}`, mimeType, text };
      // ChatGPT's frames may not download, and nobody is told when one tries.
      const byBrowser = () => {
        if (global()) return;
        const href = `data:${mimeType},${encodeURIComponent(text)}`;
        Object.assign(document.createElement('a'), { href, download: name }).click();
        return true;
      };
      await ask('downloadFile', 'ui/download-file', { contents: [{ type: 'resource', resource }] }, undefined, byBrowser);
    },

    async display(mode) {
      await reached('requestDisplayMode');
      const modes = chatui.host.availableDisplayModes;
      try {
        if (!modes || modes.includes(mode)) update({ displayMode: (await inTime(move({ mode }))).mode ?? mode });
      } catch {
        // It stays where it is, and that is the answer.
      }
      return chatui.host.displayMode ?? 'inline';
    },

    async context(context) {
      await reached(TWINS.updateModelContext);
      const kinds = capabilities.updateModelContext ?? {};
      const isText = typeof context === 'string';
      const text = isText ? context : JSON.stringify(context);
      const onlyText = Object.keys(kinds).length && !kinds.structuredContent;
      const params = isText || onlyText ? { content: [{ type: 'text', text }] } : { structuredContent: context };
      if (!capabilities.updateModelContext && has(TWINS.updateModelContext)) {
        modelContent = context;
        save();
        return true;
      }
      return ask('updateModelContext', 'ui/update-model-context', params).then(
        () => true,
        () => false,
      );
    },

    setState(state) {
      ownState = true;
      change({ state });
      save();
    },

    read: (uri) => ask('serverResources', 'resources/read', { uri }),

    log(level, data) {
      if (!capabilities.logging) return console[level === 'warning' ? 'warn' : level](data);
      // As JSON, which is how it travels, an error is empty.
      notify('notifications/message', { level, logger: 'chatui', data: data?.stack ?? data });
    },

    close() {
      // ChatGPT, which answers MCP Apps too, hears this by its own function alone.
      if (has('requestClose')) window.openai.requestClose();
      else notify('ui/notifications/request-teardown');
    },
  });

  // Listeners.
  const listeners = { __proto__: null };
  // One that is broken must not keep the others from hearing.
  const tell = (f, value) => {
    try {
      f(value);
    } catch (error) {
      reportError(error);
    }
  };
  // Of a copy: one that is added meanwhile has been told by `on`.
  const emit = (event, value) => {
    for (const f of [...(listeners[event] ?? [])]) if (listeners[event].has(f)) tell(f, value);
  };
  // Whoever hears of one change finds the others made.
  const change = (values) => {
    const changed = Object.keys(values).filter((key) => chatui[key] !== values[key]);
    Object.assign(chatui, values);
    root.dataset.status = chatui.status;
    showError();
    for (const key of changed) emit(key, chatui[key]);
  };
  // For the stylesheet, which shows it where no template does.
  let broken;
  const showError = () => {
    const error = broken || (!listeners.status?.size && !listeners.error?.size && chatui.error);
    if (error) root.dataset.error = error;
    else delete root.dataset.error;
  };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  // Host and widget talk in JSON-RPC over postMessage.
  const waiting = new Map();
  let last = 0;
  const send = (message) => {
    // A page without a host would hear itself. As plain JSON: the proxies of reactive frameworks cannot be cloned.
    if (parent !== window) parent.postMessage(JSON.parse(JSON.stringify({ jsonrpc: '2.0', ...message })), '*');
  };
  const notify = (method, params = {}) => send({ method, params });
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, [resolve, reject]);
      send({ id: last, method, params });
    });
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || data?.jsonrpc !== '2.0') return;
    const { id, method, result, error } = data;
    if (method === undefined) {
      const [resolve, reject] = waiting.get(id) ?? [];
      waiting.delete(id);
      return error ? reject?.(Object.assign(new Error(error.message), { code: error.code })) : resolve?.(result);
    }
    const known = heard[method];
    known?.(data.params ?? {});
    if (id !== undefined) send(known ? { id, result: {} } : { id, error: { code: -32601, message: `no method ${method}` } });
  });
  const heard = {
    __proto__: null,
    'ui/notifications/tool-input-partial': ({ arguments: args }) => take(args ?? {}, true),
    'ui/notifications/tool-input': ({ arguments: args }) => take(args ?? {}, false),
    'ui/notifications/tool-result': (result) => {
      resultCame = true;
      deliver(result);
    },
    'ui/notifications/tool-cancelled': ({ reason }) => {
      if (told === undefined) change({ status: 'cancelled', error: reason || 'the call was cancelled' });
    },
    'ui/notifications/host-context-changed': (context) => update(context),
    'ui/resource-teardown': () => emit('teardown', true),
    ping() {},
  };

  // What a widget asks of its host.
  let capabilities = {};
  let shaken = false;
  const has = (name) => typeof global()?.[name] === 'function';
  // Until the host has answered, or ChatGPT's function is there, or waiting makes no sense any more.
  const reached = (name) => has(name) || answered;
  // As the host declares it, else by ChatGPT's function, else as a browser does it. Without any of these the host is asked
  // all the same: some do what they do not declare.
  const ask = async (capability, method, params, forOpenai, byBrowser) => {
    const refusal = new Error(`the host refuses ${method}`);
    await reached(TWINS[capability]);
    if (!capabilities[capability]) {
      if (has(TWINS[capability])) return window.openai[TWINS[capability]](...forOpenai);
      if (byBrowser?.()) return;
      if (byBrowser) throw refusal;
      if (!shaken) throw new Error(ALONE);
    }
    const asked = request(method, params);
    // A call may take its time. What a host does not declare, it may not even answer.
    const result = await (capabilities[capability] ? asked : inTime(asked, refusal, capability === 'serverTools' ? 60000 : undefined)).catch((error) => {
      throw error.code === -32601 ? refusal : error;
    });
    // Of a tool that fails, its own words are told.
    if (result?.isError && !result.content) throw refusal;
    return result;
  };

  const inTime = (promise, refusal, time = PATIENCE) => Promise.race([promise, new Promise((_, reject) => setTimeout(reject, time, refusal))]);

  const move = (params) => {
    if (shaken && (chatui.host.availableDisplayModes || !has('requestDisplayMode'))) return request('ui/request-display-mode', params);
    return window.openai.requestDisplayMode(params);
  };

  // The answer comes by two ways, and by each more than once. The same is told once.
  let told;
  let toldHidden;
  let resultCame = false;
  const words = ({ content }) => content?.map((block) => block.text ?? '').join('\n').trim();
  const read = (result) => {
    const { isError, structuredContent: data, _meta: meta } = result ?? {};
    if (isError) throw Object.assign(new Error(words(result) || 'the tool failed'), { name: 'ToolError' });
    return data ? { ...data, ...meta?.['chatui/uiOnly'] } : words(result ?? {});
  };
  const deliver = (result) => {
    const { structuredContent: data, isError, content, _meta: meta } = result;
    // One way brings the data without their text, and at first without what only the widget sees.
    const text = JSON.stringify(data && !isError ? data : [!!isError, content]);
    const hidden = JSON.stringify(meta?.['chatui/uiOnly']);
    if (text === told && (!hidden || hidden === toldHidden)) return;
    told = text;
    toldHidden = hidden;
    try {
      const answer = read(result);
      // No template can draw a sentence, but whoever looks can read it.
      if (!data) throw new Error(answer || 'the answer holds no data');
      change({ data: answer, error: undefined, status: 'ready' });
    } catch (error) {
      change({ error: error.message, status: 'error' });
    }
  };
  const take = (input, partial) => {
    // What is whole does not become a part again.
    const whole = chatui.input && !chatui.partial;
    if (!whole || (!partial && !same(input, chatui.input))) change({ partial, input });
  };

  // The host and the place where it draws, in `chatui.host` and on <html>.
  const root = document.documentElement;
  const authorsDir = root.dir;
  const preference = matchMedia('(prefers-color-scheme: dark)');
  const fonts = document.createElement('style');
  const update = (news) => {
    const host = news ? { ...chatui.host, ...news } : chatui.host;
    // What the host will say; until then the reader's own preference.
    const theme = host.theme ?? (preference.matches ? 'dark' : 'light');
    // Of a size that it hears of elsewhere, a host may make nothing.
    const moved = news?.connected || host.displayMode !== chatui.host.displayMode;
    dress(host, theme);
    change({ host, theme });
    if (!moved) return;
    if (chatui.error === ALONE) change({ status: 'loading', error: undefined });
    size = '';
    measureSoon();
  };
  const dress = ({ displayMode, locale, safeAreaInsets = {}, styles }, theme) => {
    root.dataset.theme = root.style.colorScheme = theme;
    if (displayMode) root.dataset.display = displayMode;
    for (const side in safeAreaInsets) root.style.setProperty(`--safe-area-${side}`, `${safeAreaInsets[side]}px`);
    for (const name in styles?.variables) root.style.setProperty(name, styles.variables[name] ?? '');
    const css = styles?.css?.fonts;
    if (css && css !== fonts.textContent) {
      fonts.textContent = css;
      document.head.appendChild(fonts);
    }
    if (locale) speak(locale);
  };
  const speak = (locale) => {
    root.lang = locale;
    // By language or script: not every browser knows the directions.
    if (!authorsDir) root.dir = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b|-(arab|hebr)\b/i.test(locale) ? 'rtl' : 'ltr';
  };

  // What is kept for the next time. The model sees nothing of it, also where it is kept beside what the model sees.
  let ownState = false;
  let kept = false;
  let modelContent = null;
  const save = () => {
    const { state = null } = chatui;
    kept = has('setWidgetState');
    if (kept) window.openai.setWidgetState({ modelContent, privateContent: { state } });
    else store((key) => localStorage.setItem(key, JSON.stringify(state)));
  };
  const restore = (state) => {
    if (!ownState && state != null && !same(state, chatui.state)) change({ state });
  };
  const store = (use) => {
    const { id, tool } = chatui.host.toolInfo ?? {};
    try {
      // A number counts the calls of one connection: the next conversation has the same.
      if (typeof id === 'string') return use(`chatui ${tool?.name} ${id}`);
    } catch {
      // Where the origin is opaque, to name the storage is an error. The state lasts as long as the page, then.
    }
  };

  // ChatGPT's globals are there before it answers as a host, or come later, and change with an event.
  const seen = {};
  const hydrate = () => {
    const openai = global();
    if (!openai) return;
    const { widgetState, toolInput, toolOutput, toolResponseMetadata: extra } = openai;
    const news = changed(openai);
    if (!chatui.host.connected || Object.keys(news).length) update({ ...news, connected: true, capabilities: abilities() });
    if (widgetState?.privateContent) modelContent = widgetState.modelContent ?? null;
    restore(widgetState?.privateContent ? widgetState.privateContent.state : widgetState);
    if (ownState && !kept && has('setWidgetState')) save();
    if (toolInput) take(toolInput, false);
    const whole = extra?.mcp_tool_result ?? extra?.call_tool_result;
    // A result that came as a message is never older, and always whole.
    if (resultCame || !(toolOutput || whole)) return;
    deliver({ ...whole, structuredContent: toolOutput ?? whole.structuredContent, _meta: whole ? whole._meta : extra });
  };
  const abilities = () => {
    const names = Object.keys(TWINS).filter((capability) => has(TWINS[capability]));
    return { ...Object.fromEntries(names.map((name) => [name, {}])), ...capabilities };
  };
  // What is new in them, in MCP Apps' words. What the host said in these words itself holds until the global changes.
  const changed = ({ theme, locale, displayMode, maxHeight, safeArea, userAgent }) => {
    const all = {
      theme,
      locale,
      displayMode,
      containerDimensions: maxHeight && { maxHeight },
      safeAreaInsets: safeArea?.insets,
      deviceCapabilities: userAgent?.capabilities,
    };
    const news = {};
    for (const key in all) {
      if (all[key] == null || same(all[key], seen[key])) continue;
      if (seen[key] !== undefined || chatui.host[key] === undefined) news[key] = all[key];
      seen[key] = all[key];
    }
    return news;
  };

  // The natural height, whatever the frame's is now, and that of a template that fills it; told when it changes.
  let size;
  let due;
  let excess;
  let resized = 0;
  let chased = 0;
  const measure = () => {
    due = undefined;
    const given = root.style.height;
    root.style.height = 'max-content';
    const height = Math.ceil(root.getBoundingClientRect().height);
    root.style.height = given;
    const width = innerWidth;
    // In a frame without any height, browsers stop looking for changes.
    if (!height || size === (size = `${width} ${height}`)) return;
    // What only grows because the frame did, and by as much each time, like 100vh and a margin, would never end.
    chased = excess === (excess = height - innerHeight) && Date.now() - resized < 100 ? chased + 1 : 0;
    if (chased > 2) return;
    if (shaken) notify('ui/notifications/size-changed', { width, height });
    else if (has('notifyIntrinsicHeight')) window.openai.notifyIntrinsicHeight(height);
  };
  const measureSoon = () => (due ??= requestAnimationFrame(measure));

  const shake = async () => {
    const answer = await request('ui/initialize', {
      appInfo: { name: 'chatui', version: '1' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen', 'pip'] },
      protocolVersion: '2026-01-26',
    });
    const { hostInfo: info, hostCapabilities, hostContext } = answer ?? {};
    capabilities = hostCapabilities ?? {};
    shaken = true;
    // First, so that nothing else that is said from now on comes before it.
    notify('ui/notifications/initialized');
    update({ ...hostContext, connected: true, info, capabilities: abilities() });
    if (ownState) save();
    else if (!has('setWidgetState')) restore(store((key) => JSON.parse(localStorage.getItem(key))));
  };

  const observer = new ResizeObserver(measureSoon);
  observer.observe(root);
  document.addEventListener('DOMContentLoaded', () => observer.observe(document.body));
  // A sandbox without `allow-forms` drops a submission before its event, so the event is made here.
  const submit = (form, submitter) => {
    const valid = form.noValidate || submitter?.formNoValidate || form.reportValidity();
    if (valid) form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter }));
  };
  HTMLFormElement.prototype.requestSubmit = function (submitter) {
    submit(this, submitter);
  };
  const buttons = 'button:not([type]), [type=submit], [type=image]';
  // A link would leave the widget for good, or lead nowhere. Of one in a component or a drawing, the event and the address
  // are a level deeper.
  addEventListener('click', (event) => {
    const it = event.composedPath().find((each) => each.matches?.(`a[href], ${buttons}`));
    if (event.defaultPrevented || !it) return;
    const href = it.href?.baseVal ?? it.href;
    const leads = /^(https?|mailto|tel):/i.test(href);
    if (!leads && (!it.form || it.form.method === 'dialog')) return;
    event.preventDefault();
    if (leads) chatui.open(href).catch(reportError);
    else submit(it.form, it);
  });
  // Without a button, Enter in the only field does it.
  addEventListener('keydown', (event) => {
    const [it] = event.composedPath();
    // As browsers have it, of those that one can write into.
    const [field, more] = it.form?.querySelectorAll(`${buttons}, input:read-write`) ?? [];
    if (event.defaultPrevented || event.isComposing || event.key !== 'Enter' || field !== it || more) return;
    event.preventDefault();
    submit(it.form);
  });
  // A template that broke before it listened to anything draws nothing more.
  addEventListener('error', ({ message }) => {
    if (!Object.keys(listeners).length) broken = message;
    showError();
  });
  preference.addEventListener('change', () => update());
  addEventListener('resize', () => (resized = Date.now()));
  addEventListener('openai:set_globals', hydrate);
  addEventListener('load', hydrate);
  update();
  hydrate();

  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answered = Promise.race([patience, parent === window ? 0 : shake().catch(reportError)]);
  patience.then(() => {
    hydrate();
    if (!chatui.host.connected && chatui.status === 'loading') change({ status: 'error', error: ALONE });
  });
})();
