using Disguise.Actors.Ledgers;
using Disguise.Host.Reports;
using Disguise.Host.Validation;
using Disguise.Kernels.Profiles;

namespace Disguise.Host.Tests.Validation;

/// <summary>Which costs are items of Table I.</summary>
public sealed class LedgerItemSpecs
{
    // What a profile has and Table I has not.
    private static readonly string[] Outside =
    [
        ProfileCosts.ControlPlaneCall.Name,
        ProfileCosts.PageTableEntry.Name,
        ProfileCosts.SoftwareCardPacket.Name,
        ProfileCosts.IpcPath.Name,
        SharedStackCosts.EventWait.Name,
        SharedStackCosts.EventNotification.Name,
        ProfileCosts.SignalDelivery.Name,
        ProfileCosts.FaultLookUp.Name,
        ProfileCosts.TlbRefillHandler.Name,
        LocalCommunicationCosts.PipeCall.Name,
        LocalCommunicationCosts.PipeByte.Name,
        LocalCommunicationCosts.SignalSend.Name,
        .. typeof(ExokernelCosts).GetProperties()
            .Select(property => ((CostKey)property.GetValue(null)!).Name),
    ];

    [Fact]
    public void Every_cost_of_a_profile_is_an_item_of_the_table_or_known_to_be_none()
    {
        foreach (var name in ProfileCatalog.Names)
        {
            foreach (var cost in ProfileCatalog.Load(name).Costs)
            {
                Assert.True(
                    LedgerItems.ItemOf(cost.Key.Name) is null == Outside.Contains(cost.Key.Name),
                    $"{name}: {cost.Key.Name}");
            }
        }
    }

    [Fact]
    public void The_total_is_the_sum_of_the_items_and_leaves_the_driver_out()
    {
        LedgerLine[] ledger =
        [
            Line("stack-receive-native", 210_000), Line("stack-send-native", 170_000),
            Line("copy-receive", 20_000), Line("mmio-write", 106_000), Line("work", 1_000_000),
        ];

        Assert.Equal(0.105, LedgerItems.PerOperation("network-stack-in", ledger, 2));
        Assert.Equal(0.2, LedgerItems.PerOperation(LedgerItems.Total, ledger, 2));
        Assert.Null(LedgerItems.PerOperation(LedgerItems.Total, ledger, 0));
    }

    private static LedgerLine Line(string key, long timePs) =>
        new(key, "server.echo", 1, timePs, "profile", null, false);
}
