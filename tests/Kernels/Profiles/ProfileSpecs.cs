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

    [Theory]
    [InlineData("decstation-2100", 1_636_362)]
    [InlineData("decstation-3100", 1_200_006)]
    [InlineData("decstation-5000-125", 720_000)]
    public void A_cost_in_instructions_takes_the_platforms_time(string platform, long expectedPs)
    {
        var costs = CostsOf(platform, "aegis-exos");

        Assert.Equal(expectedPs, costs.Of(ExokernelCosts.ExceptionForward));
    }

    // Engler, Kaashoek and O'Toole, SOSP 1995, Tables 4 and 10, microseconds: a null call, a page's
    // look-up, its protection, and a fault taken by the program itself.
    [Theory]
    [InlineData("decstation-2100", 3.2, 17.5, 32.5, 13.9)]
    [InlineData("decstation-3100", 2.9, 13.1, 24.4, 10.1)]
    [InlineData("decstation-5000-125", 1.6, 9.8, 16.9, 4.8)]
    public void The_primitives_add_up_to_what_the_paper_measured_on_each_machine(
        string platform, double callUs, double lookUpUs, double protectUs, double trapUs)
    {
        var costs = CostsOf(platform, "aegis-exos");
        long Sum(params CostKey[] keys) => keys.Sum(costs.Of);

        var call = Sum(
            HardwareCosts.Trap, ExokernelCosts.KernelCallDemultiplex, ExokernelCosts.KernelCall,
            HardwareCosts.TrapReturn);
        var lookUp = Sum(ExokernelCosts.PageTableLookupLinear);
        var protect = lookUp + call
            + Sum(ExokernelCosts.TlbWriteCall, ExokernelCosts.PageProtect);
        var trap = Sum(
            HardwareCosts.Trap, HardwareCosts.ExceptionEntry, ExokernelCosts.ExceptionForward,
            HardwareCosts.TrapReturn, ProfileCosts.FaultLookUp, ExokernelCosts.FaultDispatch);

        Assert.Equal(callUs, call / 1e6, 0.005);
        Assert.Equal(lookUpUs, lookUp / 1e6, 0.005);
        Assert.Equal(protectUs, protect / 1e6, 0.005);
        Assert.Equal(trapUs, trap / 1e6, 0.005);
    }

    [Fact]
    public void What_was_measured_on_a_platform_holds_there_only_and_below_an_override()
    {
        Dictionary<string, string> changed = new() { ["page-protect"] = "5 instr" };

        var there = CostsOf("decstation-3100", "aegis-exos");
        var elsewhere = CostsOf("decstation-5000-240", "aegis-exos");
        var overridden = CostsOf("decstation-3100", "aegis-exos", changed);

        Assert.Equal(7_067_000, there.Of(ExokernelCosts.PageProtect));
        Assert.Equal(111 * 23_310, elsewhere.Of(ExokernelCosts.PageProtect));
        Assert.Equal(5 * 66_667, overridden.Of(ExokernelCosts.PageProtect));
    }

    [Fact]
    public void Slices_are_cut_as_the_code_base_cuts_them()
    {
        var aegis = ProfileCatalog.Load("aegis-exos").Slices;
        var xok = ProfileCatalog.Load("xok").Slices;

        Assert.Equal(new TimeSlices(15_625_000_000, 1, 1, 8), aegis);
        Assert.Equal(TimeSlices.Xok, xok);
        Assert.Null(ProfileCatalog.Load("linux-3.8").Slices);
        Assert.Equal(2_500_000_000, xok!.Lasting(20_000_000_000).TickPs);
    }

    [Theory]
    [InlineData("slice-tick = 10 us # here", "the file does not say its slice-ticks")]
    [InlineData("slice-tick = 10 ms # here\nslice-ticks = 1 # here",
        "slice-tick is a number of us, above 0")]
    [InlineData("slice-tick = 10 us # here\nslice-ticks = 4", "slice-ticks has no source")]
    [InlineData(
        "slice-tick = 10 us # here\nslice-ticks = 4 # here\nslice-ticks-saved = 3 # here",
        "slice-ticks-saved is a number from 4")]
    public void Slices_that_are_no_slices_are_a_mistake_in_one_line(string lines, string says)
    {
        var error = Assert.Throws<CostFileException>(() => ProfileCatalog.Parse("mine", lines));

        Assert.Contains(says, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Instructions_without_a_platforms_time_of_one_are_a_mistake_in_one_line()
    {
        var error = Assert.Throws<CostFileException>(
            () => ProfileCatalog.Load("aegis-exos").Fill(new CostTable()));

        Assert.StartsWith("platform: no time of an instruction, and ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static CostTable CostsOf(
        string platform, string profile, Dictionary<string, string>? changed = null)
    {
        var costs = new CostTable();
        PlatformCatalog.Load(platform).Fill(costs);
        ProfileCatalog.Load(profile, changed, platform).Fill(costs);
        return costs;
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
