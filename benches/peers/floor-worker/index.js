// The least that a Worker can do: it reads the request, as a server must, and answers with constant bytes.
export default {
  async fetch(request, env) {
    await request.arrayBuffer();
    return new Response(env.ANSWER, { headers: { 'content-type': 'application/json' } });
  },
};
