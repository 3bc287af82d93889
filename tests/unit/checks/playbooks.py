"""Two whole playbooks that must be clean: the worked example of the format, and the shape that the field asks for."""

WORKED = """
roles:
  siem: {category: siem}
  threat_intel: {category: threat_intel}
  edr: {category: edr}
  edge_firewall: {category: firewall}
  tickets: {category: ticketing}
nodes:
  alert:
    kind: trigger
    event: siem.alert
    role: siem
    output:
      type: object
      required: [id, rule, src_ip]
      properties: {id: {type: string}, rule: {type: string}, src_ip: {type: string, format: ip}}
    sample: {id: a-1001, rule: Brute force from TOR exit, src_ip: 203.0.113.66}
  reputation:
    {kind: action, use: threat_intel.lookup_ip, role: threat_intel, with: {ip: "{{ alert.src_ip }}"}, timeout: 20s}
  endpoints:
    kind: action
    use: edr.find_endpoints
    role: edr
    with: {contacted_ip: "{{ alert.src_ip }}", limit: 200}
    retry: {max: 3, delay: 1s}
  gathered: {kind: join, need: every}
  risky: {kind: condition, when: "reputation.score >= 80.0 && !is_internal(alert.src_ip)"}
  approve:
    kind: ask
    ask: approval
    text: "Isolate {{ size(endpoints.hosts) }} hosts and block {{ alert.src_ip }}?"
    options: [{id: approved, title: Isolate and block, style: danger}, {id: rejected, title: Leave it}]
    expires: 4h
  hosts:
    kind: for_each
    in: "endpoints.hosts"
    as: host
    key: "host.id"
    concurrency: 4
    max: 200
    on_item_error: continue
    collect: "{'id': host.id, 'name': host.name, 'changed': nodes.isolate.changed}"
    body:
      nodes:
        isolate:
          kind: action
          use: edr.isolate_endpoint
          role: edr
          with: {endpoint_id: "{{ host.id }}", comment: "Tocsin {{ run.id }}"}
          timeout: 60s
      edges: []
  block:
    kind: action
    use: firewall.block_address
    role: edge_firewall
    with: {address: "{{ alert.src_ip }}", comment: "Tocsin {{ run.id }}"}
  ticket:
    kind: action
    use: ticketing.create
    role: tickets
    with:
      title: "Contained {{ alert.src_ip }} ({{ alert.rule }})"
      body: "{{ hosts.succeeded }} of {{ hosts.count }} hosts isolated, {{ hosts.failed }} failed; {{ alert.id }}."
  comment:
    kind: action
    use: siem.add_note
    role: siem
    with:
      alert_id: "{{ alert.id }}"
      text: >-
        {{ has(nodes.approve.output) ? 'Containment declined by ' + nodes.approve.answered_by
        : 'No action, score ' + string(reputation.score) }}
  notify:
    kind: action
    use: ticketing.create
    role: tickets
    with:
      title: "Containment of {{ alert.src_ip }} stopped"
      body: >-
        {{ has(run.first_error) ? run.first_error.node + ': ' + run.first_error.code : 'Nobody answered in time' }}.
        Run {{ run.id }}.
  stopped: {kind: end, status: failed, message: Containment did not complete}
edges:
- alert -> reputation
- alert -> endpoints
- reputation -> gathered
- reputation.error -> notify
- endpoints -> gathered
- endpoints.error -> notify
- gathered -> risky
- risky.true -> approve
- risky.false -> comment
- approve.approved -> hosts
- approve.rejected -> comment
- approve.expired -> notify
- hosts -> block
- hosts.error -> notify
- block -> ticket
- block.error -> notify
- ticket.error -> notify
- comment.error -> notify
- notify -> stopped
"""

FIELD = """
roles:
  siem: {category: siem}
  threat_intel: {category: threat_intel}
  edr: {category: edr}
  edge_firewall: {category: firewall}
  identity: {category: identity}
  tickets: {category: ticketing}
nodes:
  alert: {kind: trigger, event: siem.alert, role: siem}
  reputation: {kind: action, use: threat_intel.lookup_ip, with: {ip: "{{ alert.src_ip }}"}}
  endpoints: {kind: action, use: edr.find_endpoints, with: {contacted_ip: "{{ alert.src_ip }}", limit: 50}}
  user: {kind: action, use: identity.find_user, with: {name: "{{ alert.user }}"}}
  gathered: {kind: join, need: every}
  risky: {kind: condition, when: "reputation.score >= 80.0 && !is_internal(alert.src_ip)"}
  block: {kind: action, use: firewall.block_address, with: {address: "{{ alert.src_ip }}", comment: "{{ run.id }}"}}
  sessions: {kind: action, use: identity.end_sessions, with: {user_id: "{{ user.id }}"}}
  hosts:
    kind: for_each
    in: "endpoints.hosts"
    as: host
    key: "host.id"
    max: 3
    on_item_error: continue
    collect: "{'name': host.name, 'isolated': has(nodes.isolate.output)}"
    body:
      nodes:
        critical: {kind: condition, when: "host.critical"}
        confirm:
          {kind: ask, ask: approval, text: "Isolate {{ host.name }}?", expires: 4h}
        isolate:
          kind: action
          use: edr.isolate_endpoint
          with: {endpoint_id: "{{ host.id }}", comment: "{{ run.id }}"}
          unattended: Hosts that are not critical may be cut off at once, critical ones are asked for.
        left: {kind: end}
      edges:
      - critical.true -> confirm
      - critical.false -> isolate
      - confirm.approved -> isolate
      - confirm.rejected -> left
      - confirm.expired -> left
  ticket:
    kind: action
    use: ticketing.create
    with:
      title: "Contained {{ alert.src_ip }}"
      body: "{{ block.address }} stays blocked; {{ sessions.ended }} sessions ended; {{ to_json(hosts.results) }}"
  comment: {kind: action, use: siem.add_note, with: {alert_id: "{{ alert.id }}", text: "Score {{ reputation.score }}"}}
  person:
    kind: action
    use: ticketing.create
    with: {title: "{{ alert.src_ip }} needs a person", body: "{{ run.first_error.code }} in {{ run.first_error.node }}"}
  stopped: {kind: end, status: failed}
edges:
- alert -> reputation
- alert -> endpoints
- alert -> user
- reputation -> gathered
- endpoints -> gathered
- user -> gathered
- reputation.error -> person
- endpoints.error -> person
- user.error -> person
- gathered -> risky
- risky.true -> block
- risky.false -> comment
- block -> sessions
- block.error -> person
- sessions -> hosts
- sessions.error -> person
- hosts -> ticket
- hosts.error -> person
- ticket.error -> person
- comment.error -> person
- person -> stopped
"""
