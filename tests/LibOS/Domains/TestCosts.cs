using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Kernels.Profiles;

namespace Disguise.LibOS.Tests.Domains;

/// <summary>Costs of the order of a server of 2013; what a test relies on it reads from here.
/// </summary>
internal static class TestCosts
{
    private const long Ns = Picoseconds.PerNanosecond;

    public static CostTable Table()
    {
        var costs = new CostTable();
        Set(costs, 50 * Ns, HardwareCosts.Trap, HardwareCosts.TrapReturn);
        Set(costs, 500 * Ns, HardwareCosts.Interrupt);
        Set(costs, 300 * Ns, HardwareCosts.InterProcessorInterrupt);
        Set(costs, 150 * Ns, HardwareCosts.AddressSpaceSwitch);
        Set(costs, 16 * Ns, HardwareCosts.TlbMiss);
        Set(costs, 2_273, HardwareCosts.PollStep);
        Set(costs, 106 * Ns, HardwareCosts.MmioWrite);
        Set(costs, 70 * Ns, HardwareCosts.DeviceLineTouch);
        Set(costs, 250 * Ns, DeviceCosts.PciePostedWrite);
        Set(costs, 600 * Ns, DeviceCosts.PcieRead);
        Set(costs, 273, DeviceCosts.DmaByte);
        Set(costs, 300 * Ns, DeviceCosts.NicReceivePipeline, DeviceCosts.NicTransmitPipeline);
        Set(costs, 300 * Ns, DeviceCosts.MsiXDelivery);
        Set(costs, 210 * Ns, ProfileCosts.StackReceiveNative);
        Set(costs, 170 * Ns, ProfileCosts.StackSendNative);
        Set(costs, 320 * Ns, ProfileCosts.StackReceivePosix);
        Set(costs, 270 * Ns, ProfileCosts.StackSendPosix);
        Set(costs, 264, ProfileCosts.CopyReceive);
        Set(costs, 566, ProfileCosts.CopySend);
        Set(costs, 1_000 * Ns, ProfileCosts.ControlPlaneCall);
        Set(costs, 20 * Ns, ProfileCosts.PageTableEntry);
        Set(costs, 700 * Ns, ProfileCosts.SchedulerWakeUp, ProfileCosts.SchedulerDispatch);
        Set(costs, 300 * Ns, HardwareCosts.ExceptionEntry, ExokernelCosts.FaultDispatch);
        Set(costs, 100, HardwareCosts.PageCopyByte, HardwareCosts.PageZeroByte);
        Set(
            costs, 80 * Ns, ExokernelCosts.PageTableLookupLinear,
            ExokernelCosts.PageTableLookupInverted, ExokernelCosts.PageProtect);
        Set(
            costs, 10 * Ns, ExokernelCosts.PageProtectRangePage,
            ExokernelCosts.PageUnprotectRangePage);
        return costs;
    }

    private static void Set(CostTable costs, long valuePs, params ReadOnlySpan<CostKey> keys)
    {
        foreach (var key in keys)
            costs.Set(key, valuePs);
    }
}
