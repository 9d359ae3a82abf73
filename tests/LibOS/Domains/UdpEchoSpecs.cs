using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Tests.Domains;

public class UdpEchoSpecs
{
    private const long Ms = Picoseconds.PerMillisecond;

    public static TheoryData<TenantInterface, string, bool> Ways
    {
        get
        {
            var ways = new TheoryData<TenantInterface, string, bool>();
            foreach (var tenantInterface in Enum.GetValues<TenantInterface>())
            {
                foreach (var wait in new[] { "poll", "doorbell", "adaptive" })
                {
                    ways.Add(tenantInterface, wait, true);
                    ways.Add(tenantInterface, wait, false);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_request_comes_back_unchanged(
        TenantInterface tenantInterface, string wait, bool ownsCore)
    {
        using var scene = new DomainScene(
            Settings(tenantInterface, wait),
            placement: ownsCore ? CorePlacement.Own : CorePlacement.Shared);
        scene.StartAt();
        scene.Run(4 * Ms);
        Assert.Empty(scene.Failures);
        Assert.Equal(["server.echo[0]"], scene.ReadyTenants);
        ExpectAllAnswered(scene, 200, 1);
        Assert.Equal(0, scene.Kernel.FaultCount);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Tenants_on_fewer_cores_than_they_are_all_answer(
        TenantInterface tenantInterface, string wait, bool ownsCore)
    {
        var tenants = ownsCore ? 3 : 4;
        // Who spins on a shared core is moved by slices of 80 ms only.
        var spins = !ownsCore && wait == "poll";
        using var scene = new DomainScene(
            Settings(tenantInterface, wait), tenants, cores: spins ? 4 : 3,
            placement: ownsCore ? CorePlacement.Own : CorePlacement.Shared, outstanding: 8);
        scene.StartAt();
        scene.Run(4 * Ms);
        Assert.Equal(tenants, scene.ReadyTenants.Count);
        ExpectAllAnswered(scene, 1_000, 8);
    }

    [Theory]
    [InlineData(TenantInterface.Native, 940_000)]
    [InlineData(TenantInterface.Posix, 1_600_000)]
    public void Under_full_load_an_echo_takes_what_table_1_and_the_driver_say(
        TenantInterface tenantInterface, long paperPs)
    {
        using var scene = new DomainScene(
            Settings(tenantInterface, "poll") with { ReceiveRingSize = 64 }, outstanding: 24);
        scene.StartAt();
        scene.Run(2 * Ms);
        var before = scene.Client.Counters.Received;
        scene.Run(12 * Ms);
        var echoPs = 10 * Ms / (double)(scene.Client.Counters.Received - before);
        Assert.InRange(echoPs / paperPs, 0.9, 1.1);
        ExpectAllAnswered(scene, 1_000, 24);
    }

    [Fact]
    public void An_echo_is_charged_for_what_it_does_and_nothing_else()
    {
        using var scene = new DomainScene(
            Settings(TenantInterface.Native, "poll", workPs: 1_000_000), outstanding: 8);
        scene.StartAt();
        scene.Run(2 * Ms);
        var account = scene.Accounts[0];
        account.Clear();
        var before = scene.Client.Counters.Received;
        scene.Run(10 * Ms);
        var echoes = scene.Client.Counters.Received - before;
        Assert.InRange(account.CountOf(ProfileCosts.StackReceiveNative), echoes - 8, echoes + 8);
        Assert.InRange(account.CountOf(ProfileCosts.StackSendNative), echoes - 8, echoes + 8);
        Assert.Equal(
            2 * account.CountOf(ProfileCosts.StackReceiveNative),
            account.CountOf(HardwareCosts.DeviceLineTouch));
        Assert.InRange(
            account.TimePsOf(HardwareCosts.Work), (echoes - 8) * 1_000_000,
            (echoes + 8) * 1_000_000);
        // A doorbell for each echo, and one tail for 16 buffers.
        Assert.InRange(
            account.CountOf(HardwareCosts.MmioWrite) / (double)echoes, 1.05, 1.08);
        Assert.Equal(0, account.CountOf(HardwareCosts.TlbMiss));
        Assert.Equal(0, account.CountOf(ProfileCosts.StackReceivePosix));
    }

    [Fact]
    public void The_kernel_hears_nothing_of_the_packets_on_an_own_core()
    {
        using var scene = new DomainScene(
            Settings(TenantInterface.Native, "doorbell"), outstanding: 3);
        scene.StartAt();
        scene.Run(2 * Ms);
        var counter = new Counter();
        scene.Machine.Island.Enter();
        scene.Kernel.Actor.DeliveryObserver = counter;
        scene.Run(6 * Ms);
        Assert.True(scene.Client.Counters.Received > 500);
        // What remains are interrupts that came while the library was awake already.
        Assert.Equal(0, counter.Calls);
    }

    [Fact]
    public void The_same_run_twice_has_the_same_hash()
    {
        static string HashOf(string wait, long workPs)
        {
            using var scene = new DomainScene(
                Settings(TenantInterface.Native, wait, workPs), tenants: 3, cores: 2,
                placement: CorePlacement.Shared, outstanding: 5);
            scene.StartAt();
            scene.Run(3 * Ms);
            return scene.FinishHash();
        }

        Assert.Equal(HashOf("doorbell", 0), HashOf("doorbell", 0));
        Assert.NotEqual(HashOf("doorbell", 0), HashOf("doorbell", 1));
    }

    private static void ExpectAllAnswered(DomainScene scene, long atLeast, long outstanding)
    {
        var counters = scene.Client.Counters;
        Assert.True(counters.Received > atLeast, $"{counters.Received} received");
        Assert.Equal(
            (0, 0, 0, outstanding),
            (counters.Lost, counters.Wrong, counters.Unexpected, counters.Outstanding));
    }

    private static TenantSettings Settings(
        TenantInterface tenantInterface, string wait, long workPs = 0) => new()
        {
            Application = new UdpEcho(7, workPs),
            Interface = tenantInterface,
            Wait = wait switch
            {
                "poll" => WaitPolicy.Poll,
                "doorbell" => WaitPolicy.Doorbell,
                _ => WaitPolicy.Adaptive(2 * Picoseconds.PerMicrosecond),
            },
        };

    private sealed class Counter : Actors.Dispatch.IDeliveryObserver
    {
        public int Calls { get; private set; }

        public void Delivered(object message, int from, long timePs)
        {
            if (message is not CoreProtocol.KernelInterrupt)
                Calls++;
        }
    }
}
