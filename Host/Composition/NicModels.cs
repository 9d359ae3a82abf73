using Disguise.Hardware.Nic;
using Disguise.Hardware.Platforms;

namespace Disguise.Host.Composition;

/// <summary>Which NIC a platform has: its file says so.</summary>
internal static class NicModels
{
    public static NicModel Of(string platform) => PlatformCatalog.Load(platform).Nic;
}
