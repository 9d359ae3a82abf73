using Disguise.Hardware.Nic;

namespace Disguise.Host.Composition;

/// <summary>Which NIC a platform has.</summary>
internal static class NicModels
{
    public static NicModel Of(string platform) =>
        platform == NicModel.Ideal.Name ? NicModel.Ideal : NicModel.X520;
}
