import { describe, expect, it } from 'vitest'
import { parseModels } from './models.ts'

describe('a list of models', () => {
  it('names hub ids, folders and servers', () => {
    expect(parseModels('use-lite-en, minilm=Xenova/all-MiniLM-L6-v2,bge=http://tei:8080/v1#BAAI/bge-small')).toEqual([
      { kind: 'onnx', name: 'use-lite-en', source: 'use-lite-en' },
      { kind: 'onnx', name: 'minilm', source: 'Xenova/all-MiniLM-L6-v2' },
      { kind: 'http', name: 'bge', baseUrl: 'http://tei:8080/v1', remoteModel: 'BAAI/bge-small' },
    ])
  })

  it('asks a server for the name itself when no other is given', () => {
    expect(parseModels('nomic=http://ollama:11434/v1')).toMatchObject([{ remoteModel: 'nomic' }])
  })

  it.each(['=x', 'x=', 'a,a'])('is refused with the entry that is wrong: %s', (text) => {
    expect(() => parseModels(text)).toThrow(/"/)
  })
})
