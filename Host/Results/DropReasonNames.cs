using System.Reflection;
using System.Runtime.CompilerServices;
using Disguise.Hardware.Network;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;

namespace Disguise.Host.Results;

/// <summary>All reasons for which this program drops packets, before any was dropped.</summary>
internal static class DropReasonNames
{
    private const BindingFlags Statics =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly[] Layers =
        [typeof(DropReason).Assembly, typeof(ProfileCosts).Assembly, typeof(IApplication).Assembly];

    /// <summary>By name, in ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } = Find();

    private static IReadOnlyList<string> Find()
    {
        // A class defines its reasons when it is first used.
        foreach (var type in Layers.SelectMany(layer => layer.GetTypes()))
        {
            if (!type.ContainsGenericParameters && type.GetProperties(Statics).Any(
                property => property.PropertyType == typeof(DropReason)))
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        return [.. DropReason.All.Select(reason => reason.Name)];
    }
}
