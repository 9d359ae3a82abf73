using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Profiles;

namespace Disguise.Host.Running;

/// <summary>To which component of a system a cost belongs in a result.</summary>
internal static class Components
{
    public static string Of(LedgerAccount account, CostKey key)
    {
        if (account.IsKernel)
            return "kernel";
        if (key == HardwareCosts.Poll)
            return "poll";
        if (key == HardwareCosts.Work)
            return "application";
        if (key == HardwareCosts.MmioWrite || key == HardwareCosts.MmioRead
            || key == HardwareCosts.DeviceLineTouch)
            return "driver";
        if (key.Name.StartsWith("stack-", StringComparison.Ordinal))
            return "network-stack";
        return IsCopy(key) ? "copy" : "other";
    }

    public static bool IsCopy(CostKey key) =>
        key == ProfileCosts.CopyReceive || key == ProfileCosts.CopySend;
}
