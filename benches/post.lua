-- wrk's side: POSTs the body in BODY with the headers in HEADERS (one "name: value" a line), and counts every answer
-- that is not the one in ANSWER. Latencies are in microseconds.
local function read(name)
  local path = assert(os.getenv(name), name .. " is not set")
  local file = assert(io.open(path))
  local text = file:read("*a")
  file:close()
  return text
end

wrk.method = "POST"
wrk.body = read("BODY")
for name, value in read("HEADERS"):gmatch("([^:\n]+): ([^\n]+)") do
  wrk.headers[name] = value
end

local answer = read("ANSWER")
wrong = 0
response = function(status, _, body)
  if status ~= 200 or body ~= answer then
    wrong = wrong + 1
  end
end

local threads = {}
setup = function(thread)
  table.insert(threads, thread)
end

done = function(summary, latency)
  local errors = summary.errors
  local all = errors.connect + errors.read + errors.write + errors.timeout
  for _, thread in ipairs(threads) do
    all = all + thread:get("wrong")
  end
  io.write(string.format("calls %d wrong %d\n", summary.requests, all))
  io.write(string.format("rate %.0f p50 %d p99 %d\n", summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99)))
end
