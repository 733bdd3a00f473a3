-- Sends each request with the next assertion of a file: with more of them than anybody remembers,
-- every one is new.
local requests, at = {}, 0

function init(arguments)
  for assertion in io.lines(arguments[1]) do
    local headers = { ["Cf-Access-Jwt-Assertion"] = assertion }
    requests[#requests + 1] = wrk.format("GET", nil, headers)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
