using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Platforms;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Tests.Profiles;

public class ProfileSpecs
{
    private const int PaperBytes = 1_024;

    public static TheoryData<string> Names => [.. ProfileCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_profile_has_a_value_for_every_cost_of_a_code_base(string name)
    {
        var profile = ProfileCatalog.Load(name);
        var missing = CostKey.All
            .Where(key => key.Source == CostSource.Profile)
            .Except(profile.Costs.Select(cost => cost.Key));
        Assert.Empty(missing.Select(key => key.Name));
    }

    // Arrakis, TOCS 33(4):11, 2015, Table I: the rows of Linux in nanoseconds, one packet of
    // 1,024 bytes received and sent: two system calls, one wake-up.
    [Theory]
    [InlineData("network stack, in", 1_260, 1_240)]
    [InlineData("network stack, out", 1_050, 1_420)]
    [InlineData("scheduler", 170, 2_400)]
    [InlineData("copy, in", 240, 250)]
    [InlineData("copy, out", 440, 550)]
    [InlineData("return", 100, 200)]
    [InlineData("syscall", 100, 130)]
    public void The_items_of_linux_add_up_to_the_rows_of_the_papers_table(
        string row, long runningNs, long afterIdleNs)
    {
        var costs = new CostTable();
        PlatformCatalog.Load("xeon-e5-2430-x520").Fill(costs);
        ProfileCatalog.Load("linux-3.8").Fill(costs);

        long Sum(params CostKey[] keys) => keys.Sum(costs.Of);
        var copyIn = (PaperBytes * costs.Of(ProfileCosts.CopyReceive))
            + costs.Of(SharedStackCosts.UserCopyReceive);
        var copyOut = (PaperBytes * costs.Of(ProfileCosts.CopySend))
            + costs.Of(SharedStackCosts.UserCopySend);
        var (always, whileRunning, afterIdle) = row switch
        {
            "network stack, in" => (
                Sum(ProfileCosts.StackReceivePosix, SharedStackCosts.Demultiplexing,
                    SharedStackCosts.ReceiveBufferAccounting, SharedStackCosts.SocketLockReceive,
                    SharedStackCosts.ArgumentCheckReceive),
                Sum(CoreStateCosts.StackReceiveWhileRunning), 0L),
            "network stack, out" => (
                Sum(ProfileCosts.StackSendPosix, SharedStackCosts.SendBufferAccounting,
                    SharedStackCosts.SocketLockSend, SharedStackCosts.ArgumentCheckSend),
                0L, Sum(CoreStateCosts.StackSendAfterIdle)),
            "scheduler" => (
                Sum(SharedStackCosts.ReceiverNotification), 0L,
                Sum(ProfileCosts.SchedulerWakeUp, ProfileCosts.SchedulerDispatch,
                    CoreStateCosts.IdleLeave)),
            "copy, in" => (copyIn, 0L, Sum(CoreStateCosts.CopyReceiveAfterIdle)),
            "copy, out" => (copyOut, 0L, Sum(CoreStateCosts.CopySendAfterIdle)),
            "return" => (
                2 * Sum(HardwareCosts.TrapReturn), 0L, 2 * Sum(CoreStateCosts.TrapReturnAfterIdle)),
            _ => (2 * Sum(HardwareCosts.Trap), 0L, 2 * Sum(CoreStateCosts.TrapAfterIdle)),
        };

        Assert.Equal(1_000 * runningNs, always + whileRunning);
        Assert.Equal(1_000 * afterIdleNs, always + afterIdle);
    }
}
