// MQTT.js as a peer: one JSON command per line on stdin, one JSON event per line on stdout. The same words as peer.py.
'use strict'
const mqtt = require('mqtt')

const port = Number(process.argv[2])

// Our word, MQTT.js's word.
const connectWords = { expiry: 'sessionExpiryInterval', receiveMaximum: 'receiveMaximum', packetLimit: 'maximumPacketSize',
  aliasMaximum: 'topicAliasMaximum', wantsResponseInformation: 'requestResponseInformation' }
const connackWords = { expiry: 'sessionExpiryInterval', receiveMaximum: 'receiveMaximum', packetLimit: 'maximumPacketSize',
  aliasMaximum: 'topicAliasMaximum', responseInformation: 'responseInformation', assignedId: 'assignedClientIdentifier', keepAlive: 'serverKeepAlive' }
const messageWords = { contentType: 'contentType', responseTopic: 'responseTopic', correlation: 'correlationData',
  messageExpiry: 'messageExpiryInterval', isText: 'payloadFormatIndicator', alias: 'topicAlias', user: 'userProperties', delay: 'willDelayInterval' }

function tell (client, event, more) {
  process.stdout.write(JSON.stringify({ client, event, ...more }) + '\n')
}

function pack (words, command) {
  const properties = {}
  for (const [ours, theirs] of Object.entries(words)) {
    if (!(ours in command) || command[ours].length === 0) continue // of no user properties mqtt-packet makes a packet of no bytes
    let value = command[ours]
    if (ours === 'correlation') value = Buffer.from(value)
    if (ours === 'isText' || ours === 'wantsResponseInformation') value = Boolean(value)
    if (ours === 'user') {
      value = {}
      for (const [key, text] of command.user) value[key] = key in value ? [value[key], text].flat() : text
    }
    properties[theirs] = value
  }
  return properties
}

function unpack (words, properties) {
  const found = {}
  for (const [ours, theirs] of Object.entries(words)) {
    const value = properties?.[theirs]
    if (value === undefined) continue
    found[ours] = value
    if (ours === 'correlation') found[ours] = value.toString()
    if (ours === 'isText') found[ours] = Number(value)
    if (ours === 'user') found[ours] = Object.entries(value).flatMap(([key, texts]) => [texts].flat().map(text => [key, text]))
  }
  return found
}

class Peer {
  constructor (name, command) {
    this.name = name
    this.is5 = command.version === 5
    this.held = null
    const options = {
      protocolVersion: command.version, clientId: command.id, clean: command.clean, keepalive: command.keepAlive,
      reconnectPeriod: 0, resubscribe: false, autoUseTopicAlias: command.usesAliases === true, autoAssignTopicAlias: command.usesAliases === true
    }
    if (command.user !== undefined) Object.assign(options, { username: command.user, password: command.password })
    if (this.is5) options.properties = pack(connectWords, command)
    if (command.will) {
      const { topic, payload, qos, retain } = command.will
      options.will = { topic, payload: Buffer.from(payload), qos, retain }
      if (this.is5) options.will.properties = pack(messageWords, command.will)
    }
    this.client = mqtt.connect({ host: '127.0.0.1', port, ...options, manualConnect: true })
    this.listen()
    this.client.connect()
  }

  listen () {
    const { client, name } = this
    // What waits before it is sent: acknowledgements, while they are held.
    const send = client._sendPacket.bind(client)
    client._sendPacket = (packet, done, ...more) => {
      if (this.held === null || packet.cmd !== 'puback') return send(packet, done, ...more)
      this.held.push(packet)
      if (done) done()
    }
    this.send = send
    client.on('packetreceive', packet => {
      if (packet.cmd === 'connack') {
        tell(name, 'connected', { code: this.is5 ? packet.reasonCode : packet.returnCode, present: packet.sessionPresent, ...unpack(connackWords, packet.properties) })
      } else if (packet.cmd === 'pingresp') tell(name, 'pong')
      else if (packet.cmd === 'disconnect') tell(name, 'told', { code: packet.reasonCode })
    })
    client.on('message', (topic, payload, packet) => {
      tell(name, 'message', { topic, payload: payload.toString(), qos: packet.qos, retain: packet.retain, dup: packet.dup,
        ids: [packet.properties?.subscriptionIdentifier ?? []].flat(), ...unpack(messageWords, packet.properties) })
    })
    client.on('error', error => tell(name, 'error', { text: String(error) }))
    client.on('close', () => tell(name, 'closed'))
  }

  subscribe (command) {
    const options = { qos: command.qos }
    if (this.is5) {
      Object.assign(options, { nl: command.noLocal ?? false, rap: command.asPublished ?? false, rh: command.handling ?? 0 })
      if ('id' in command) options.properties = { subscriptionIdentifier: command.id }
    }
    this.client.subscribe(command.filter, options, (error, granted, packet) =>
      tell(this.name, 'subscribed', { codes: (packet?.granted ?? [error?.code ?? 128]) }))
  }

  unsubscribe (command) {
    this.client.unsubscribe(command.filter, (error, packet) =>
      tell(this.name, 'unsubscribed', { codes: packet?.granted ?? [], text: error ? String(error) : undefined }))
  }

  publish (command) {
    const options = { qos: command.qos, retain: command.retain }
    if (this.is5) options.properties = pack(messageWords, command)
    for (let n = 0; n < (command.times ?? 1); n++) {
      this.client.publish(command.topic, command.payload.replaceAll('{n}', n), options, (error, packet) =>
        tell(this.name, 'published', { code: error ? error.code : packet?.reasonCode ?? 0 }))
    }
  }

  hold () { this.held = [] }

  release () {
    const held = this.held
    this.held = null
    for (const packet of held) this.send(packet)
  }

  disconnect (command) {
    const options = this.is5 ? { reasonCode: command.code, properties: pack(connectWords, command) } : {}
    this.client.end(false, options)
  }

  drop () { this.client.stream.destroy() }
}

const peers = {}
require('node:readline').createInterface({ input: process.stdin }).on('line', line => {
  const command = JSON.parse(line)
  if (command.do === 'connect') peers[command.client] = new Peer(command.client, command)
  else peers[command.client][command.do](command)
}).on('close', () => process.exit(0))
