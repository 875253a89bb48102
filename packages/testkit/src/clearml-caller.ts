export interface ClearmlAnswer {
  status: number
  subcode: number
  msg: string
  data: Record<string, unknown>
}

export interface ClearmlCaller {
  /** The header that says who calls, also for the file server. */
  authorization: string
  /** The answer, whatever it is. */
  call(endpoint: string, body?: object): Promise<ClearmlAnswer>
  /** The data of a success. Throws on any other answer. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  ok(endpoint: string, body?: object): Promise<any>
  /** The same for an endpoint that takes a batch: the objects go as JSON lines. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  okBatch(endpoint: string, items: readonly object[]): Promise<any>
}

/**
 * Calls a server as ClearML's own clients do: logs in with both keys, then sends the token and the version that the
 * SDK sends. With POST, since fetch refuses a GET with a body.
 */
export async function clearmlCaller(baseUrl: string, accessKey: string, secretKey: string): Promise<ClearmlCaller> {
  const send = async (
    path: string,
    authorization: string,
    body: string,
    type = 'application/json',
  ): Promise<ClearmlAnswer> => {
    const response = await fetch(`${baseUrl}/${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body,
    })
    const { meta, data } = (await response.json()) as {
      meta: { result_code: number; result_subcode: number; result_msg: string }
      data: Record<string, unknown>
    }
    return { status: meta.result_code, subcode: meta.result_subcode, msg: meta.result_msg, data }
  }
  const basic = Buffer.from(`${accessKey}:${secretKey}`).toString('base64')
  const login = await send('auth.login', `Basic ${basic}`, '{}')
  if (login.status !== 200) throw new Error(`auth.login answered ${login.status}/${login.subcode}: ${login.msg}`)
  const authorization = `Bearer ${login.data.token}`
  const call: ClearmlCaller['call'] = (endpoint, body = {}) =>
    send(`v2.23/${endpoint}`, authorization, JSON.stringify(body))
  const dataOf = async (endpoint: string, answering: Promise<ClearmlAnswer>) => {
    const answer = await answering
    if (answer.status === 200) return answer.data
    throw new Error(`${endpoint} answered ${answer.status}/${answer.subcode}: ${answer.msg}`)
  }
  return {
    authorization,
    call,
    ok: (endpoint, body) => dataOf(endpoint, call(endpoint, body)),
    okBatch(endpoint, items) {
      const lines = items.map((item) => JSON.stringify(item)).join('\n')
      return dataOf(endpoint, send(`v2.23/${endpoint}`, authorization, lines, 'application/json-lines'))
    },
  }
}
