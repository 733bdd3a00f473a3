-- Asks for another person with each request, of a thousand: no two of those that are under way are
-- alike, so none of them can share an answer.
local requests, at = {}, 0

function init(arguments)
  local folder = wrk.path:gsub("[^/]*$", "")
  local headers = { ["Cf-Access-Jwt-Assertion"] = arguments[1] }
  for number = 1, 1000 do
    local path = folder .. string.format("9b3ae8a1-6f1c-4c6e-8c79-%012x", number)
    requests[number] = wrk.format("GET", path, headers)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
