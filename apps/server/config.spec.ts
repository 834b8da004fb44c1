import { describe, expect, test } from '@jest/globals';
import { configFrom, tokenDigest } from './config.ts';

const token = '0123456789abcdef';

describe('the configuration', () => {
  test('without any variable is embedded, with all roles, on loopback', () => {
    const config = configFrom({});
    expect(config).toEqual({
      kafkaBrokers: [],
      data: './data',
      port: 3000,
      host: '127.0.0.1',
      roles: ['api', 'projector', 'relay'],
      actors: new Map(),
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('takes each store alone', () => {
    expect(configFrom({ EVENTSTORE_URL: 'esdb://a:2113,b:2113' }).eventStoreUrl).toBe('esdb://a:2113,b:2113');
    expect(configFrom({ MONGODB_URL: 'mongodb://localhost/x', EVENTSTORE_URL: ' ' })).toMatchObject({
      mongodbUrl: 'mongodb://localhost/x',
    });
  });

  test('keeps actors by the digest of their token and then binds to all interfaces', () => {
    const config = configFrom({ DEALTRAIL_TOKENS: `${token}=ann:manager, ${token}x=aud:auditor` });
    expect(config.actors.get(tokenDigest(token))).toEqual({ id: 'ann', role: 'manager' });
    expect(config.actors.get(tokenDigest(`${token}x`))).toEqual({ id: 'aud', role: 'auditor' });
    expect(config.host).toBe('0.0.0.0');
    expect(configFrom({ DEALTRAIL_TOKENS: `${token}=ann:rep`, HOST: '10.0.0.5' }).host).toBe('10.0.0.5');
  });

  test.each([
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: '3e3' }, 'PORT'],
    [{ ROLES: 'api,cook' }, 'ROLES'],
    [{ ROLES: ',' }, 'ROLES'],
    [{ EVENTSTORE_URL: 'http://secret@host' }, 'EVENTSTORE_URL'],
    [{ MONGODB_URL: 'localhost' }, 'MONGODB_URL'],
    [{ DEALTRAIL_TOKENS: 'short=ann:rep' }, 'DEALTRAIL_TOKENS'],
    [{ DEALTRAIL_TOKENS: `${token}=ann:king` }, 'DEALTRAIL_TOKENS'],
    [{ DEALTRAIL_TOKENS: `${token}=ann:rep,${token}=bob:rep` }, 'DEALTRAIL_TOKENS'],
    [{ HOST: '0.0.0.0' }, 'HOST'],
  ])('refuses %j by the name of the variable, without repeating a secret', (variables, name) => {
    expect(() => configFrom(variables)).toThrow(name);
    expect(() => configFrom(variables)).not.toThrow(/secret|0123456789abcdef/);
  });
});
