namespace Disguise.Host.Experiments;

/// <summary>The experiment that <c>init</c> writes, to be edited.</summary>
public static class FirstExperiment
{
    /// <summary>Its text, as YAML with comments.</summary>
    public const string Text = """
        # A first experiment. Run it:      disguise run FILE
        # Check it without running:       disguise check FILE
        # All keys, for your editor:      disguise schema
        name: first
        platform: xeon-e5-2430-x520     # hardware costs: disguise list platforms
        profile: extaris                # software costs: disguise list profiles
        seed: 42                        # all randomness comes from it
        warm-up: 1ms                    # virtual time, not measured
        duration: 20ms                  # virtual time, measured
        architecture: [arrakis]         # disguise list architectures
        network: { bandwidth: 10Gbps, latency: 450ns, loss: 0 }

        machines:                       # the systems under test
          - name: server
            cores: 16
            memory: 4GiB
            nic: { vfs: 64, when-vfs-run-out: emulate }   # emulate | refuse
            tenants:
              - name: echo
                count: 16               # per machine; total: spreads over the group
                app: { kind: udp-echo, port: 7, work: 0us }
                interface: native       # native | posix
                core: own               # shared | own | a number
                wait: poll              # poll | doorbell | adaptive(5us)

        clients:                        # load generators; they cost nothing
          - name: load                  # one per target, as no count is given
            app: { kind: udp-load, target: echo, payload: 64, outstanding: 1 }

        # What happens meanwhile. An address in braces is quoted.
        # inject:
        #   - { at: 8ms, fault: { target: "server.nic.vf[7]", kind: link-down, for: 2ms } }

        record: { packets: ["server.nic.vf[0]"], trace: false }
        expect: [ "arrakis.kernel_messages_on_data_path == 0" ]

        """;
}
