using System.Reflection;
using System.Runtime.CompilerServices;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>What of a call goes into the hash of a run.</summary>
public sealed class KernelCallSpecs
{
    /// <summary>A call that names an actor, and one that has edits, are made by hand.</summary>
    private static readonly Type[] WithReferences =
        [typeof(KernelCall.CreateEnvironment), typeof(MemoryCall.EditPages)];

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Two_calls_that_say_the_same_have_digests_of_their_own(int value)
    {
        var names = new SortedDictionary<ulong, string>();
        var calls = typeof(KernelCall).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(KernelCall)) && !type.IsAbstract)
            .Except(WithReferences).Select(type => Make(type, value)).ToArray();
        Assert.True(calls.Length > 35, $"{calls.Length} calls");
        foreach (var call in calls.Append(new MemoryCall.EditPages([])))
        {
            Assert.False(
                names.TryGetValue(call.Digest, out var other), $"{call.Name} and {other}");
            names.Add(call.Digest, call.Name);
        }
    }

    private static KernelCall Make(Type type, int value)
    {
        var call = (KernelCall)RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Where(field => field.FieldType.IsPrimitive && field.FieldType != typeof(bool)))
            field.SetValue(call, Convert.ChangeType(value, field.FieldType));
        return call;
    }
}
