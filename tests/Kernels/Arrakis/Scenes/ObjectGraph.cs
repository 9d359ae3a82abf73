using System.Reflection;
using System.Runtime.CompilerServices;

namespace Disguise.Kernels.Tests.Arrakis.Scenes;

/// <summary>Live bytes of all objects that can be reached from one, without those of others.
/// </summary>
internal static class ObjectGraph
{
    private const int HeaderBytes = 8;
    private const BindingFlags AllFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <summary>Adds up sizes as the runtime lays objects out; stops where told to.</summary>
    public static long BytesOf(object root, Predicate<object> isAnothers)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { root };
        var left = new Stack<object>();
        left.Push(root);
        var bytes = 0L;
        while (left.TryPop(out var next))
        {
            bytes += SizeOf(next);
            foreach (var child in ChildrenOf(next))
            {
                if (!isAnothers(child) && seen.Add(child))
                    left.Push(child);
            }
        }

        return bytes;
    }

    private static long SizeOf(object of)
    {
        // The method table begins with component size, flags and base size.
        var table = of.GetType().TypeHandle.Value;
        long bytes = (uint)System.Runtime.InteropServices.Marshal.ReadInt32(table, 4);
        if (of is Array array)
        {
            bytes += (long)array.Length
                * (ushort)System.Runtime.InteropServices.Marshal.ReadInt16(table);
        }
        else if (of is string text)
        {
            bytes += 2L * text.Length;
        }

        return (bytes + HeaderBytes - 1) / HeaderBytes * HeaderBytes;
    }

    private static IEnumerable<object> ChildrenOf(object of)
    {
        if (of is string or Pointer or Type or Delegate)
            yield break;
        if (of is Array array)
        {
            var element = array.GetType().GetElementType()!;
            if (element.IsPrimitive || !HoldsReferences(element))
                yield break;
            foreach (var item in array)
            {
                if (item is null)
                    continue;
                if (!element.IsValueType)
                {
                    yield return item;
                    continue;
                }

                foreach (var child in ChildrenOf(item))
                    yield return child;
            }

            yield break;
        }

        for (var type = of.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(AllFields))
            {
                if (field.FieldType.IsPrimitive || field.FieldType.IsPointer
                    || field.GetValue(of) is not { } value)
                {
                    continue;
                }

                if (!field.FieldType.IsValueType)
                {
                    yield return value;
                    continue;
                }

                if (!HoldsReferences(field.FieldType))
                    continue;
                foreach (var child in ChildrenOf(value))
                    yield return child;
            }
        }
    }

    private static bool HoldsReferences(Type type) => (bool)typeof(RuntimeHelpers)
        .GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!
        .MakeGenericMethod(type)
        .Invoke(null, null)!;
}
